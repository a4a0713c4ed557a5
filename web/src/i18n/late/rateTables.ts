import { rateNotifications as englishNotifications } from '../en/rateNotifications';
import { rateTables as english } from '../en/rateTables';
import { rateNotifications as ukrainianNotifications } from '../uk/rateNotifications';
import { rateTables as ukrainian } from '../uk/rateTables';
import { addTexts } from '../t';

addTexts(english, ukrainian);
addTexts(englishNotifications, ukrainianNotifications);
