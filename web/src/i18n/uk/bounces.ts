import type { bounces as english } from '../en/bounces';
import type { Translation } from '../text';

export const bounces: Translation<typeof english> = {
  'bounces.lead': 'Адреси, з яких прийняті листи повернулися. Виправте їх там, де їх використано.',
  'bounces.search': 'Адреса',
  'bounces.address': 'Адреса',
  'bounces.client': 'Клієнт',
  'bounces.reseller': 'Реселер',
  'bounces.code': 'Код',
  'bounces.detail': 'Подробиці',
  'bounces.times': 'Разів',
  'bounces.last': 'Востаннє',
  'bounces.first': 'Уперше',
  'bounces.clearedBy': 'Хто зняв позначку',
  'bounces.id': 'ID',
  'bounces.status.bounced': 'Повернення',
  'bounces.status.cleared': 'Позначку знято',
  'bounces.status.all': 'Усі',
  'bounces.clear': 'Зняти позначку',
  'bounces.clearTitle': 'Зняти позначку з {address}?',
  'bounces.clearEffect': 'Означає, що адреса знову працює. Наступне повернення позначить її знову.',
  'bounces.clearedToast': 'Позначку знято',
  'bounces.empty': 'Повернень немає',
  'bounces.emptyText': 'Адреси з’являються тут, коли поштовий провайдер повідомляє про повернення листа.',
};
