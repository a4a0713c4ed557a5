import { settings as english } from '../en/settings';
import { settings as ukrainian } from '../uk/settings';
import { addTexts } from '../t';

addTexts(english, ukrainian);
