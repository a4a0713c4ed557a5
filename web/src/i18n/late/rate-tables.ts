import { rateTables as english } from '../en/rate-tables';
import { rateTables as ukrainian } from '../uk/rate-tables';
import { addTexts } from '../t';

addTexts(english, ukrainian);
