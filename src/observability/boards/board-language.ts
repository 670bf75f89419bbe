/** The language of the board for people without technical knowledge. */
export enum BoardLanguage {
  /** English */
  ENGLISH = 'en',
  /** Portuguese as it is spoken in Brazil */
  PORTUGUESE_BRAZIL = 'pt-BR',
}
