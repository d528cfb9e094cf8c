// The worker of pdf.js has no types: it is handed over as it is.
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs';
