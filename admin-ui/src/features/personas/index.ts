export { PersonasPage } from './personas-page'
export { PersonaPage } from './persona-page'
