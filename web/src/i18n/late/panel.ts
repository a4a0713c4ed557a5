import { panel as english } from '../en/panel';
import { panel as ukrainian } from '../uk/panel';
import { addTexts } from '../t';

addTexts(english, ukrainian);
