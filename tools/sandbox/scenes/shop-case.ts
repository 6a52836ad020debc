import { SHOP_TOPIC, playAccident, prepareShop } from '../shop-case'
import type { Scene } from './scene'

export const shopCase: Scene = {
  name: 'shop-case',
  summary: `a leader dies at the wrong moment: acknowledged against surviving records of ${SHOP_TOPIC} (20-25 s)`,
  needs: 'any',
  play: async ({ sandbox, say }) => {
    await prepareShop(sandbox)
    await playAccident(sandbox, say)
  },
}
