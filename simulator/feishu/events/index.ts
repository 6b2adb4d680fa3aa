export type { CallbackAnswer, EventDelivery } from './delivery';
export { deliveryOf, registerEvents } from './register';
export { verifyRequestUrl } from './webhook';
export type { Verification } from './webhook';
