import { rates as english } from '../en/rates';
import { rates as ukrainian } from '../uk/rates';
import { addTexts } from '../t';

addTexts(english, ukrainian);
