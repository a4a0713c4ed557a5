import { overview as english } from '../en/overview';
import { overview as ukrainian } from '../uk/overview';
import { addTexts } from '../t';

addTexts(english, ukrainian);
