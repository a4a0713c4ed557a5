export { creditRequest } from './credit/credit-request.js';
export { controlBalanceThresholds } from './companies/threshold-controller.js';
export { dailyDigests, dueInvoices, invoiceDueClients, readBounces, reconcile, retain } from './fleet.js';
export { job } from './jobs/job.js';
export { monitor } from './monitoring/monitor.js';
export { cardPayment } from './payments/card-payment.js';
export { rateNotification } from './rates/rate-notification.js';
export { resend } from './resend.js';
