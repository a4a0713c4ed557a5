import { silences as english } from '../en/silences';
import { silences as ukrainian } from '../uk/silences';
import { addTexts } from '../t';

addTexts(english, ukrainian);
