import { rateTables as english } from '../en/rateTables';
import { rateTables as ukrainian } from '../uk/rateTables';
import { addTexts } from '../t';

addTexts(english, ukrainian);
