import { defineConfig } from 'vite';

// The path that the platform serves the site below, with a slash at its end.
export default defineConfig({ base: process.env.BASE_PATH ?? '/frontend/' });
