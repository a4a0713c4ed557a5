// In place of the reader where there is no build.
document.querySelector('openapi-explorer').textContent =
  'The reader is not built: run npm run build in the folder of Lowwater, and start the API again.';
