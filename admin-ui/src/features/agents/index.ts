export { AgentsPage } from './agents-page'
export { AgentPage } from './agent-page'
export { type AgentTab, TABS as AGENT_TABS } from './model/tabs'
