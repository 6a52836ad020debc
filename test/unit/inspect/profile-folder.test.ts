import { expect, it } from 'vitest'
import { profileFolder } from '../../../src-main/inspect/profile-folder'

it.each([
  ['what was said', '/there', 'linux', { HIGHWATER_PROFILE: '/env' }, '/there'],
  ['the environment variable of the window', '', 'linux', { HIGHWATER_PROFILE: '/env' }, '/env'],
  ['Linux', '', 'linux', {}, '/home/ann/.config/Highwater'],
  ['Linux with a place of its own', '', 'linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/Highwater'],
  ['macOS', '', 'darwin', {}, '/home/ann/Library/Application Support/Highwater'],
  ['Windows', '', 'win32', { APPDATA: 'C:\\Users\\ann\\Roaming' }, 'C:\\Users\\ann\\Roaming\\Highwater'],
])('the profile folder: %s', (_, said, platform, env, folder) => {
  expect(profileFolder(said, { platform, env, home: '/home/ann' })).toBe(folder)
})
