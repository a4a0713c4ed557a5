import { companies as english } from '../en/companies';
import { companies as ukrainian } from '../uk/companies';
import { addTexts } from '../t';

addTexts(english, ukrainian);
