/** The parts of the editor, as its address names them: apart from the form, which is loaded with the page. */
export const TABS = ['conversation', 'voice', 'tools', 'turns', 'calls', 'analysis', 'versions'] as const
export type AgentTab = (typeof TABS)[number]
