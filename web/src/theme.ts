import {
  Badge,
  Button,
  createTheme,
  Drawer,
  InputWrapper,
  Menu,
  Modal,
  TableScrollContainer,
  type MantineColorsTuple,
} from '@mantine/core';

const water: MantineColorsTuple = [
  '#e8f6f8',
  '#d3e9ed',
  '#a5d2da',
  '#74bac7',
  '#4da6b6',
  '#349aac',
  '#2494a8',
  '#138193',
  '#007284',
  '#005f70',
];

/** Contrast of 4.5:1 everywhere: Mantine's own shades do not reach it on filled buttons and light badges. */
export const theme = createTheme({
  primaryColor: 'water',
  colors: { water },
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', tt: 'none' } }),
    // Hints under the fields, so that fields of one row stand in one line, with a hint or without.
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    // A wide table is scrolled by keyboard too.
    TableScrollContainer: TableScrollContainer.extend({
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    }),
    // A menu holds nothing but its items.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    // Their heads are no banners of the page.
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, attributes: { header: { role: 'none' } } } }),
  },
});
