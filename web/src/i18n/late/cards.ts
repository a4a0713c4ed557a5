import { cards as english } from '../en/cards';
import { cards as ukrainian } from '../uk/cards';
import { addTexts } from '../t';

addTexts(english, ukrainian);
