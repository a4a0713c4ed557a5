export { reconcile, retain } from './fleet.js';
export { monitor } from './monitoring/monitor.js';
export { resend } from './resend.js';
