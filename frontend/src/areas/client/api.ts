import {
  AddNote,
  Allow,
  Answer,
  Ask,
  AskAgain,
  ChangeNote,
  Correct,
  Doubles,
  Export,
  Families,
  Figures as ReadFigures,
  ForgetOrder,
  Gains,
  Get,
  Import,
  List,
  Merge as MergeClients,
  Open,
  OpenItems,
  OpenSigned,
  OutlineImport,
  Partners,
  PreviewImport,
  PreviewMerge,
  Price,
  Products,
  Receive,
  RecordOrder,
  Refuse,
  RemoveContact,
  RemoveNote,
  Reply,
  SaveConditions,
  SaveContact,
  SaveExample,
  SaveInvitation,
  SaveRejected,
  SaveReply,
  SendInvitation,
  Stop,
  TakeReply,
  Withdraw,
} from '$wailsjs/go/client/Window';
import { Eligibility } from '$wailsjs/go/partner/Window';
import { List as ListQuotes } from '$wailsjs/go/quote/Window';
import { Letters, LettersTo, Lists, Send } from '$wailsjs/go/sale/Window';
import type { bridge, client, quote, sale } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Client = client.View;
export type Entry = client.EntryView;
export type Clients = client.ListView;
export type Rights = client.Rights;
export type Product = client.Product;
export type Change = client.ChangeView;
export type Input = client.Input;
export type Details = client.DetailsInput;
export type Address = client.Address;
export type Merge = client.MergeView;
export type Contact = client.Contact;
export type ContactView = client.ContactView;
export type Condition = client.ConditionInput;
export type Note = client.NoteView;
export type Running = client.RunningView;
export type Letter = sale.LetterView;
export type Record = client.RecordView;
export type SignedMessage = client.SignedView;
export type Partner = client.PartnerView;
export type Target = client.Target;
export type Dashboard = client.DashboardView;
export type Order = client.OrderView;
export type Figures = client.FiguresView;
export type NotedOrder = client.NotedView;
export type OrderInput = client.NewOrder;
export type ProductChoice = client.ProductChoice;
export type Quote = quote.EntryView;
export type ExportInput = client.ExportInput;

export const list = (show: string, search: string) => call(() => List(show, search));
export const get = (id: string) => call(() => Get(id));
export const families = () => call(() => Families());
export const ask = (input: Input) => call(() => Ask(input));
export const askAgain = (id: string, version: number, rights: Rights) => call(() => AskAgain(id, version, rights));
export const correct = (id: string, version: number, to: Details) => call(() => Correct(id, version, to));
export const saveContact = (id: string, version: number, contact: Contact) =>
  call(() => SaveContact(id, version, contact));
export const removeContact = (id: string, version: number, contact: string) =>
  call(() => RemoveContact(id, version, contact));
export const saveConditions = (id: string, version: number, days: number, list: Condition[]) =>
  call(() => SaveConditions(id, version, days, list));
export const doubles = () => call(() => Doubles());
export const previewMerge = (keep: string, gone: string) => call(() => PreviewMerge(keep, gone));
export const merge = (keep: string, keepVersion: number, gone: string, goneVersion: number) =>
  call(() => MergeClients(keep, keepVersion, gone, goneVersion));
export const addNote = (id: string, text: string) => call(() => AddNote(id, text));
export const changeNote = (id: string, note: Note, text: string) =>
  call(() => ChangeNote(id, note.id, note.version, text));
export const removeNote = (id: string, note: Note) => call(() => RemoveNote(id, note.id));
export const answer = (id: string, version: number, rights: Rights, since: string) =>
  call(() => Answer(id, version, rights, since));
export const refuse = (id: string, version: number) => call(() => Refuse(id, version));
export const withdraw = (id: string, version: number) => call(() => Withdraw(id, version));
export const openItems = (id: string) => call(() => OpenItems(id));
export const stop = (id: string, version: number, password: string) => call(() => Stop(id, version, password));
export const allow = (id: string, accounts: string[]) => call(() => Allow(id, accounts));
export const exportTo = (id: string, input: ExportInput) => call(() => Export(id, input));
export const outlineImport = (input: client.ImportInput) => call(() => OutlineImport(input));
export const previewImport = (input: client.ImportInput) => call(() => PreviewImport(input));
export const importClients = (input: client.ImportInput) => call(() => Import(input));
export const saveRejected = (input: client.ImportInput, to: bridge.Target) => call(() => SaveRejected(input, to));
export const saveExample = (to: bridge.Target) => call(() => SaveExample(to));
export const saveInvitation = (id: string, version: number, to: Target) => call(() => SaveInvitation(id, version, to));
export const sendInvitation = (id: string, version: number, to: string, subject: string, text: string) =>
  call(() => SendInvitation(id, version, to, subject, text));
export const openSigned = (file: string) => call(() => OpenSigned(file));
export const reply = (file: string, refuse: boolean, rights: Rights, to: Target) =>
  call(() => Reply(file, refuse, rights, to));
export const takeReply = (file: string) => call(() => TakeReply(file));
export const partners = () => call(() => Partners());
export const saveReply = (invitation: string, to: Target) => call(() => SaveReply(invitation, to));
export const open = (id: string) => call(() => Open(id));
/** What a client brings, and its orders of both kinds. */
export const figures = (id: string) => call(() => ReadFigures(id));
/** What runs for a client and is paid again within twelve months, the soonest few of it. */
export const products = (id: string, limit: number) => call(() => Products(id, limit));
/** What each client earns in this month. */
export const gains = () => call(Gains);
/** The managed volume of a year in each currency, against what the programme asks for. */
export const volumes = () => call(Eligibility);
/** The price lists by which a letter can tell of other prices. */
export const lists = () => call(Lists);
/** The letters that tell a client what another list changes for it; nothing is sent. */
export const letters = (book: string, id: string) => call(() => Letters(book, id));
/** Hands a letter to the queue of e-mails. */
export const sendLetter = (written: sale.Written) => call(() => Send(written));
/** The letters to a client that were handed to the queue of e-mails, newest first. */
export const lettersTo = (id: string) => call(() => LettersTo(id));
/** How many quotes for a client await its answer. */
export const awaiting = async (id: string) =>
  (
    await call(() =>
      ListQuotes({ client: id, limit: 1, offset: 0, show: 'open', search: '', sort: 'number', descending: true }),
    )
  ).found;
/** The newest quotes for a client, and how many there are. */
export const quotes = (id: string, limit: number) =>
  call(() => ListQuotes({ client: id, limit, offset: 0, show: '', search: '', sort: 'number', descending: true }));
export const price = (id: string, order: OrderInput) => call(() => Price(id, order));
export const recordOrder = (id: string, order: OrderInput) => call(() => RecordOrder(id, order));
export const forgetOrder = (id: string, order: string) => call(() => ForgetOrder(id, order));
export const receive = (id: string, order: string, amount: string) => call(() => Receive(id, order, amount));
