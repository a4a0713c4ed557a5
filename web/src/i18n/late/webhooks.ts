import { webhooks as english } from '../en/webhooks';
import { webhooks as ukrainian } from '../uk/webhooks';
import { addTexts } from '../t';

addTexts(english, ukrainian);
