import {
  Badge,
  Button,
  createTheme,
  Drawer,
  Fieldset,
  InputWrapper,
  Menu,
  Modal,
  MultiSelect,
  Select,
  TableScrollContainer,
  TagsInput,
  type MantineColorsTuple,
} from '@mantine/core';

const water: MantineColorsTuple = [
  '#e8f6f8',
  '#d3e9ed',
  '#b3dce2',
  '#74bac7',
  '#4da6b6',
  '#349aac',
  '#2494a8',
  '#138193',
  '#007284',
  '#005f70',
];

/**
 * A field that is reached, by Tab or because it is wrong, keeps what is under it in sight: its options open by a
 * click, a letter or an arrow. And the list of options scrolls itself, so that a screen reader announces one list.
 */
const optionsProps = { openOnFocus: false, withScrollArea: false };
const optionsStyles = { options: { maxHeight: 220, overflowY: 'auto' } } as const;

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
    // Browsers set them in by two pixels.
    Fieldset: Fieldset.extend({ defaultProps: { m: 0 } }),
    // Hints under the fields, so that fields of one row are aligned, with a hint or without.
    InputWrapper: InputWrapper.extend({
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
    }),
    // A wide table is scrolled by keyboard too.
    TableScrollContainer: TableScrollContainer.extend({
      defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } },
    }),
    // A menu holds nothing but its items.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Select: Select.extend({ defaultProps: optionsProps, styles: optionsStyles }),
    MultiSelect: MultiSelect.extend({ defaultProps: optionsProps, styles: optionsStyles }),
    TagsInput: TagsInput.extend({ defaultProps: optionsProps, styles: optionsStyles }),
    // Their heads are no banners of the page.
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'none' } } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, attributes: { header: { role: 'none' } } } }),
  },
});
