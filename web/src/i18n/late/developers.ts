import { developers as english } from '../en/developers';
import { developers as ukrainian } from '../uk/developers';
import { addTexts } from '../t';

addTexts(english, ukrainian);
