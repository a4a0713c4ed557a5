import { reports as english } from '../en/reports';
import { reports as ukrainian } from '../uk/reports';
import { addTexts } from '../t';

addTexts(english, ukrainian);
