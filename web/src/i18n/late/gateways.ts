import { gateways as english } from '../en/gateways';
import { gateways as ukrainian } from '../uk/gateways';
import { addTexts } from '../t';

addTexts(english, ukrainian);
