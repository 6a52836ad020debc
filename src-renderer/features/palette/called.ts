/**
 * What people type for what the palette names otherwise: abbreviations, other tools' words, the other language. Lower case, a blank between
 * words; a word is known by how it begins. Both languages count whichever is on screen.
 */
const CALLED: Readonly<Record<string, string>> = {
  'page-board':
    'home overview dashboard health urp under-replicated underreplicated under min isr offline partitions unhealthy 首页 概览 仪表盘 健康 副本不足 离线分区',
  'page-topics': 'list of topics urp under-replicated partitions 主题列表 副本不足',
  'page-brokers': 'nodes servers racks hosts 节点 服务器 机架 主机 broker 列表',
  'page-history': 'incidents past events log what happened 故障 事件 过去 记录',
  incident: 'outage alarm newest last latest 故障 事故 最新 告警',
  'page-advisor': 'lag time max threshold late slow follower isr timeout 阈值 滞后 副本 超时',
  'page-timeline': 'chart graph events over time 图表 时间 事件',
  'page-churn': 'isr shrink expand flapping flap churn unstable shrinks 收缩 扩张 抖动 反复',
  'page-loss':
    'data loss lost records unclean election truncated hw high watermark lso 数据丢失 截断 高水位 不干净选举',
  'page-what-if':
    'restart reboot stop shutdown rolling upgrade drain safe maintenance simulate broker rack 重启 停止 关机 滚动 升级 维护 模拟 下线',
  'page-quorum': 'kraft controller voters raft zookeeper epoch elr leader 控制器 投票 元数据 仲裁',
  'page-agreement': 'metadata behind disagree stale brokers 元数据 不一致 落后',
  'page-audit': 'check lint findings risk rules best practice report 检查 风险 规则 发现 报告',
  'page-changes': 'journal drafts undo applied log revert rollback 日志 草稿 撤销 回滚',
  'page-connect': 'clusters connect add new profile bootstrap switch 连接 新增 添加 集群 切换',
  'page-settings':
    'preferences options alert alerts alerting notifications webhook slack dingtalk feishu quiet hours theme language density time zone utc 首选项 选项 告警 通知 提醒 外观 语言 时区',
  'config-search': 'config settings properties retention min.insync configuration 配置 参数 属性',
  'config-compare': 'diff difference config topics 差异 对比 配置',
  'config-topic': 'change config edit settings alter properties retention 修改 配置 更改 参数',
  'config-broker': 'change config edit settings alter server.properties 修改 配置 更改 参数',
  'brokers-config': 'diff config drift server.properties 差异 配置 漂移',
  'what-if-broker': 'restart stop safe to stop shutdown drain 重启 停止 下线 安全',
  'timeline-here': 'chart graph events history 图表 事件 历史',
  'copy-name': 'clipboard name 复制 名称',
  'copy-partition': 'clipboard name 复制 名称',
  'copy-address': 'clipboard host port 复制 地址',
  'leaders-back-here': 'preferred leader election rebalance ple 首选 选举 均衡',
  'copy-fix': 'clipboard command cli kafka-topics kafka-configs fix 复制 命令 修复',
  copy: 'clipboard command cli kafka-topics kafka-configs describe shell 复制 命令 命令行',
  pause: 'stop freeze resume continue refresh polling 暂停 继续 刷新',
  arm: 'unlock lock write read-only arm disarm edit 解锁 锁定 只读 修改',
  'leaders-back': 'preferred leader election rebalance ple 首选 选举 均衡',
  export: 'save download csv json file 保存 下载 文件',
  keys: 'help shortcuts keyboard hotkeys 帮助 快捷键 键盘',
  'theme-system': 'appearance dark light mode color 外观 颜色',
  'theme-dark': 'dark mode night appearance color 深色 夜间 暗色',
  'theme-light': 'light mode day appearance color 浅色 日间 亮色',
  'theme-contrast': 'high contrast accessibility a11y appearance color 高对比度 无障碍 外观',
  'language-en': 'english 英文 英语',
  'language-zh-CN': 'chinese mandarin 中文 汉语',
}

const SETTINGS: Readonly<Record<string, string>> = {
  'min.insync.replicas': 'min isr minisr acks 最小同步副本',
  'unclean.leader.election.enable': 'data loss unclean election 不干净选举 脏选举',
  'leader.replication.throttled.replicas': 'throttle quota 限流',
  'follower.replication.throttled.replicas': 'throttle quota 限流',
  'cleanup.policy': 'compact compaction delete 压实 清理',
  'retention.ms': 'ttl keep time age expire 保留 过期 时间',
  'retention.bytes': 'size keep disk 保留 大小 磁盘',
  'max.message.bytes': 'record size too large 消息 大小',
  'compression.type': 'gzip snappy lz4 zstd 压缩',
  'segment.ms': 'roll 滚动 分段',
  'segment.bytes': 'roll size 滚动 分段',
  'remote.storage.enable': 'tiered storage s3 分层存储',
}

export const calledAction = (action: string): string => CALLED[action] ?? ''
export const calledSetting = (key: string): string => SETTINGS[key] ?? ''
/** For the test that each belongs to something. */
export const CALLED_ACTIONS = Object.keys(CALLED)
export const CALLED_SETTINGS = Object.keys(SETTINGS)
