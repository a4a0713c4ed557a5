import { imports as english } from '../en/imports';
import { imports as ukrainian } from '../uk/imports';
import { addTexts } from '../t';

addTexts(english, ukrainian);
