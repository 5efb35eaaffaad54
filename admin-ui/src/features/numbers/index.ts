export { NumbersPage } from './numbers-page'
export { NumberPage } from './number-page'
