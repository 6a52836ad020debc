/** The shape of what is posted to a webhook. 'alertmanager': version 4 of its webhook, for whatever takes that. */
export const HOOK_KINDS = ['alertmanager', 'slack', 'feishu', 'dingtalk'] as const
export type HookKind = (typeof HOOK_KINDS)[number]
