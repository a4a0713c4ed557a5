import { templates as english } from '../en/templates';
import { templates as ukrainian } from '../uk/templates';
import { addTexts } from '../t';

addTexts(english, ukrainian);
