import { h, render } from 'preact'
import { publishColours } from './canvas/style'
import { App } from './panels/app'
import { startRouter } from './panels/router'
import './styles/index.css'

publishColours(document.documentElement.style)
startRouter()
const root = document.getElementById('app')
if (root) render(h(App, null), root)
