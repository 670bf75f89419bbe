export * from './board-language';
