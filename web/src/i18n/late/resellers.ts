import { resellers as english } from '../en/resellers';
import { resellers as ukrainian } from '../uk/resellers';
import { addTexts } from '../t';

addTexts(english, ukrainian);
