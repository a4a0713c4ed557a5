import type { gateways as english } from '../en/gateways';
import type { Translation } from '../text';

export const gateways: Translation<typeof english> = {
  'gateways.new': 'Створити платіжний шлюз',
  'gateways.one': 'Платіжний шлюз',
  'gateways.none': 'Платіжних шлюзів ще немає',
  'gateways.none.text':
    'Платіжний шлюз зберігає картки клієнтів і списує з них кошти. Кожен реселер має свій або користується шлюзом вищого реселера.',
  'gateways.kind': 'Тип',
  'gateways.kind.http': 'HTTP (JSON)',
  'gateways.kind.authorize_net': 'Authorize.net',
  'gateways.url': 'Адреса',
  'gateways.url.hint': 'Authorize.net: https://api.authorize.net/xml/v1/request.api',
  'gateways.login': 'API login ID',
  'gateways.currency': 'Валюта',
  'gateways.currency.hint': 'У якій валюті шлюз списує кошти. Інші валюти перераховуються за поточним курсом.',
  'gateways.showSecret': 'Показати',
  'gateways.apiKey': 'Ключ API',
  'gateways.transactionKey': 'Ключ транзакцій',
  'gateways.apiKey.hint': 'Зберігається зашифрованим і не показується',
  'gateways.apiKey.keep': 'Залиште порожнім, щоб зберегти поточний',
  'gateways.webhookSecret': 'Секрет вебхуків',
  'gateways.webhookSecret.hint': 'Чим шлюз підписує свої повідомлення. Залиште порожнім, якщо повідомлень немає.',
  'gateways.webhookUrl': 'Адреса для вебхуків',
  'gateways.active': 'Активний',
  'gateways.active.hint': 'Поки його вимкнено, кошти з карток не списуються',
  'gateways.status.active': 'Активний',
  'gateways.status.off': 'Вимкнено',
  'gateways.delete.title': 'Видалити платіжний шлюз {name}?',
  'gateways.delete.effect': 'Кошти через нього більше не списуються. Проведені платежі залишаються.',
  'gateways.deleted': 'Платіжний шлюз видалено',
};
