import type { Router } from 'vue-router'
import { createRouter, createWebHashHistory } from 'vue-router'
import BoardPage from '../features/board/BoardPage.vue'
import ConnectPage from '../features/connect/ConnectPage.vue'

/** Pages by name. Board and Connect come with the first load; the others when they are first opened. */
export function createPages(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: '/connect' },
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
        path: '/change/:id',
        name: 'change',
        props: true,
        component: () => import('../features/change/ChangePage.vue'),
        meta: { under: 'changes' },
      },
      { path: '/settings', name: 'settings', component: () => import('../features/settings/SettingsPage.vue') },
      { path: '/:rest(.*)', redirect: '/connect' },
    ],
  })
}
