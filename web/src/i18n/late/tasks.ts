import { tasks as english } from '../en/tasks';
import { tasks as ukrainian } from '../uk/tasks';
import { addTexts } from '../t';

addTexts(english, ukrainian);
