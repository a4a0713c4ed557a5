import { terms as english } from '../en/terms';
import { terms as ukrainian } from '../uk/terms';
import { addTexts } from '../t';

addTexts(english, ukrainian);
