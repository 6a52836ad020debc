export { closingLine, playAccident } from './accident'
export type { AccidentCounts } from './accident'
export { SHOP_TOPIC, prepareShop, safeSettings, unsafeSettings } from './shop'
