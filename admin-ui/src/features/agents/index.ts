export { AgentsPage } from './agents-page'
export { AgentPage } from './agent-page'
