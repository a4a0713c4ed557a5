import type { session as english } from '../en/session';
import type { Translation } from '../text';

export const session: Translation<typeof english> = {
  'session.title': 'Вхід',
  'session.lead': 'Моніторинг низьких балансів ваших клієнтів',
  'session.email': 'Email',
  'session.password': 'Пароль',
  'session.logIn': 'Увійти',
  'session.throttled': 'Забагато спроб. Спробуйте через {wait}.',
  'session.tryNow': 'Можна спробувати ще раз.',
  'session.lost': 'Забули пароль?',
  'session.firstStart': 'Після першого запуску дані для входу є в терміналі.',
  'session.ended': 'Увійдіть, щоб продовжити.',
  'session.noRight': 'Ваша роль ({role}) цього не дозволяє.',
  'session.role.viewer': 'Спостерігач',
  'session.role.operator': 'Оператор білінгу',
  'session.role.reseller_manager': 'Менеджер реселера',
  'session.role.credit_controller': 'Кредитний контролер',
  'session.role.integrator': 'Інтегратор',
  'session.role.sre': 'Інженер з надійності',
  'session.role.admin': 'Адміністратор',
  'session.sso.with': 'Увійти через {name}',
  'session.sso.or': 'або',
  'session.sso.completing': 'Завершення входу…',
  'session.sso.failed': 'Не вдалося увійти',
  'session.sso.again': 'Увійдіть ще раз. Якщо знову не вдасться, зверніться до адміністратора.',
  'session.showPassword': 'Показати пароль',
};
