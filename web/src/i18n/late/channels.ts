import { channels as english } from '../en/channels';
import { channels as ukrainian } from '../uk/channels';
import { addTexts } from '../t';

addTexts(english, ukrainian);
