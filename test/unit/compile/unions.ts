import { altered } from './compile'

/** A member of a union that nothing deals with. */
export const unions = [
  altered(
    'src-main/contract/subject.ts',
    "    case 'broker':\n      return `broker:${watch.broker}`\n",
    '',
    'what is watched, without a name for one kind',
    /lacks ending return statement/,
  ),
  altered(
    'src-main/kafka/doctor/advice.ts',
    "  'tls-expired': 'tls-expired',\n",
    '',
    'a reason without advice',
    /Property '"tls-expired"' is missing/,
  ),
]
