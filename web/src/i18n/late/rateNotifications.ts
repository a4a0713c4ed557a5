import { rateNotifications as english } from '../en/rateNotifications';
import { rateNotifications as ukrainian } from '../uk/rateNotifications';
import { addTexts } from '../t';

addTexts(english, ukrainian);
