export { playAccident } from './accident'
export { SHOP_TOPIC, prepareShop, safeSettings } from './shop'
