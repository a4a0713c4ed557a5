import { emails as english } from '../en/emails';
import { emails as ukrainian } from '../uk/emails';
import { addTexts } from '../t';

addTexts(english, ukrainian);
