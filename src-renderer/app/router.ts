import type { Router } from 'vue-router'
import { createRouter, createWebHashHistory } from 'vue-router'
import BoardPage from '../features/board/BoardPage.vue'
import ConnectPage from '../features/connect/ConnectPage.vue'

/** Pages by name; a page that is not a reload begins with `first`. Board and Connect come with the first load; the others when they are first opened. */
export function createPages(first: '/connect' | '/board'): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: first },
      { path: '/connect', name: 'connect', component: ConnectPage },
      { path: '/board', name: 'board', component: BoardPage, meta: { needsCluster: true } },
      {
        path: '/topics',
        name: 'topics',
        component: () => import('../features/topics/TopicsPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/topic/:topic',
        name: 'topic',
        props: true,
        component: () => import('../features/topic/TopicPage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/topic/:topic/config',
        name: 'config',
        props: true,
        component: () => import('../features/config/topic/TopicConfigPage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/topics/config',
        name: 'config-search',
        props: ({ query }) => ({ q: String(query.q ?? '') }),
        component: () => import('../features/config/search/ConfigSearchPage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/topics/config/compare',
        name: 'config-compare',
        props: ({ query }) => ({ a: String(query.a ?? ''), b: String(query.b ?? '') }),
        component: () => import('../features/config/compare/ConfigComparePage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/topics/config/edit',
        name: 'config-many',
        component: () => import('../features/config/many/ConfigManyPage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/partition/:topic/:partition',
        name: 'partition',
        props: ({ params }) => ({ topic: String(params.topic), partition: Number(params.partition) }),
        component: () => import('../features/partition/PartitionPage.vue'),
        meta: { needsCluster: true, under: 'topics' },
      },
      {
        path: '/brokers',
        name: 'brokers',
        component: () => import('../features/brokers/BrokersPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/broker/:broker',
        name: 'broker',
        props: ({ params }) => ({ broker: Number(params.broker) }),
        component: () => import('../features/brokers/BrokerPage.vue'),
        meta: { needsCluster: true, under: 'brokers' },
      },
      {
        path: '/loss',
        name: 'loss',
        component: () => import('../features/loss/LossPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/what-if',
        name: 'what-if',
        props: ({ query }) => ({ broker: Number(query.broker ?? -1) }),
        component: () => import('../features/what-if/WhatIfPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/quorum',
        name: 'quorum',
        component: () => import('../features/quorum/QuorumPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/agreement',
        name: 'agreement',
        component: () => import('../features/agreement/AgreementPage.vue'),
        meta: { needsCluster: true, under: 'quorum' },
      },
      {
        path: '/history',
        name: 'history',
        component: () => import('../features/history/HistoryPage.vue'),
        meta: { needsCluster: true },
      },
      {
        path: '/history/churn',
        name: 'churn',
        component: () => import('../features/history/ChurnPage.vue'),
        meta: { needsCluster: true, under: 'history' },
      },
      {
        path: '/history/lag',
        name: 'advisor',
        component: () => import('../features/advisor/AdvisorPage.vue'),
        meta: { needsCluster: true, under: 'history' },
      },
      {
        path: '/history/:incident(\\d+)',
        name: 'incident',
        props: ({ params }) => ({ id: Number(params.incident) }),
        component: () => import('../features/history/IncidentPage.vue'),
        meta: { needsCluster: true, under: 'history' },
      },
      {
        path: '/timeline',
        name: 'timeline',
        props: ({ query }) => ({ query }),
        component: () => import('../features/timeline/TimelinePage.vue'),
        meta: { needsCluster: true, under: 'history' },
      },
      {
        path: '/audit',
        name: 'audit',
        component: () => import('../features/audit/AuditPage.vue'),
        meta: { needsCluster: true },
      },
      { path: '/changes', name: 'changes', component: () => import('../features/changes/ChangesPage.vue') },
      {
        path: '/change/:id',
        name: 'change',
        props: true,
        component: () => import('../features/change/ChangePage.vue'),
        meta: { under: 'changes' },
      },
      {
        path: '/broker/:broker/config',
        name: 'broker-config',
        props: ({ params }) => ({ broker: Number(params.broker) }),
        component: () => import('../features/config/brokers/BrokerConfigPage.vue'),
        meta: { needsCluster: true, under: 'brokers' },
      },
      {
        path: '/brokers/config',
        name: 'brokers-config',
        component: () => import('../features/config/brokers/BrokersConfigPage.vue'),
        meta: { needsCluster: true, under: 'brokers' },
      },
      { path: '/settings', name: 'settings', component: () => import('../features/settings/SettingsPage.vue') },
      { path: '/:rest(.*)', redirect: '/connect' },
    ],
  })
}
