import { bounces as english } from '../en/bounces';
import { bounces as ukrainian } from '../uk/bounces';
import { addTexts } from '../t';

addTexts(english, ukrainian);
