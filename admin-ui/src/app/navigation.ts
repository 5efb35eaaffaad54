import type { LinkProps } from '@tanstack/react-router'
import { Bot, Building2, ChartColumn, Drama, KeyRound, LayoutDashboard, ListChecks, type LucideIcon, MessagesSquare, Phone, PhoneCall, PhoneIncoming, Radio, ScrollText, ServerCog, Settings, Users, UsersRound, Webhook, Wrench } from 'lucide-react'
import type { Permission } from '@/lib/session'

export interface Destination {
  to: NonNullable<LinkProps['to']>
  label: string
  icon: LucideIcon
  group: 'Build' | 'Operate' | 'Connect' | 'Manage' | 'Operator' | null
  /** Shown to whoever may do this; left out: to everybody. `operator`: to whoever runs the server. */
  needs?: Permission | 'operator'
}

/** What is built, in the order of the sidebar and the command palette; a line a page. */
export const NAVIGATION: readonly Destination[] = [
  { to: '/', label: 'Overview', icon: LayoutDashboard, group: null },
  { to: '/agents', label: 'Agents', icon: Bot, group: 'Build' },
  { to: '/personas', label: 'Personas', icon: Drama, group: 'Build' },
  { to: '/tools', label: 'Tools', icon: Wrench, group: 'Build' },
  { to: '/numbers', label: 'Phone numbers', icon: Phone, group: 'Build' },
  { to: '/chat', label: 'Talk to an agent', icon: MessagesSquare, group: 'Build', needs: 'calls' },
  { to: '/live', label: 'Live calls', icon: Radio, group: 'Operate' },
  { to: '/calls', label: 'Calls', icon: PhoneIncoming, group: 'Operate' },
  { to: '/customers', label: 'Customers', icon: Users, group: 'Operate' },
  { to: '/jobs', label: 'Jobs', icon: ListChecks, group: 'Operate' },
  { to: '/twilio', label: 'Twilio', icon: PhoneCall, group: 'Connect' },
  { to: '/webhooks', label: 'Webhooks', icon: Webhook, group: 'Connect' },
  { to: '/api-keys', label: 'API keys', icon: KeyRound, group: 'Connect', needs: 'admin' },
  { to: '/usage', label: 'Usage and limits', icon: ChartColumn, group: 'Manage' },
  { to: '/team', label: 'Team', icon: UsersRound, group: 'Manage', needs: 'admin' },
  { to: '/audit', label: 'Audit log', icon: ScrollText, group: 'Manage', needs: 'admin' },
  { to: '/settings', label: 'Settings', icon: Settings, group: 'Manage' },
  { to: '/operator/tenants', label: 'Tenants', icon: Building2, group: 'Operator', needs: 'operator' },
  { to: '/operator/jobs', label: 'Background work', icon: ServerCog, group: 'Operator', needs: 'operator' },
]
