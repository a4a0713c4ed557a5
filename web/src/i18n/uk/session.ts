import type { session as english } from '../en/session';
import type { Translation } from '../text';

export const session: Translation<typeof english> = {
  'session.title': 'Вхід',
  'session.lead': 'Стежить за балансами й попереджає потрібних людей, поки гроші не скінчилися.',
  'session.email': 'Ел. пошта',
  'session.password': 'Пароль',
  'session.logIn': 'Увійти',
  'session.failed': 'Неправильна ел. пошта або пароль.',
  'session.throttled': 'Забагато невдалих спроб входу. Спробуйте через {wait}.',
  'session.tryNow': 'Можна спробувати ще раз.',
  'session.lost': 'Втратили пароль? Новий може задати адміністратор.',
  'session.firstStart': 'Під час першого запуску дані для входу друкуються в терміналі.',
  'session.ended': 'Увійдіть, щоб перейти до потрібної сторінки.',
  'session.noRight': 'Ваша роль ({role}) цього не дозволяє.',
  'session.role.viewer': 'Спостерігач',
  'session.role.operator': 'Оператор',
  'session.role.reseller_manager': 'Менеджер реселера',
  'session.role.credit_controller': 'Кредитний контролер',
  'session.role.integrator': 'Інтегратор',
  'session.role.sre': 'Інженер з надійності',
  'session.role.admin': 'Адміністратор',
  'session.showPassword': 'Показати пароль',
};
