export { reconcile, retain } from './fleet.js';
export { monitor } from './monitor.js';
export { resend } from './resend.js';
