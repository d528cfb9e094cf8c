import * as payment from '$wailsjs/go/payment/Window';
import * as account from '$wailsjs/go/prepaid/Window';
import type { bridge, payment as types, prepaid } from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { locale } from '$lib/format';

/** An amount with its currency. */
export type Money = Expected['amount'];
export type Payments = types.OverviewView;
export type Profile = types.ProfileView;
export type ProfileInput = types.ProfileInput;
export type Renewal = types.RenewalView;
export type RenewalInput = types.RenewalFields;
export type Paid = types.RenewalPaid;
export type Cover = types.CoverView;
export type Report = types.CoverReportView;
export type Balance = prepaid.OverviewView;
export type Entry = prepaid.EntryView;
export type Order = prepaid.OrderView;
export type Thread = prepaid.ThreadView;
export type Step = prepaid.StepView;
export type Payout = prepaid.PayoutView;
export type Expected = prepaid.ExpectedView;
export type ImportInput = types.ImportInput;
export type Imported = types.Imported;
export type File = types.FileInput;
export type PriceList = prepaid.PriceListView;
export type PriceLine = prepaid.PriceLineView;

export const overview = () => call(payment.Overview);
export const addProfile = (input: ProfileInput) => call(() => payment.Add(input));
export const updateProfile = (id: string, input: ProfileInput) => call(() => payment.Update(id, input));
export const removeProfile = (id: string, successor: string) => call(() => payment.Remove(id, successor));
export const setDefault = (id: string) => call(() => payment.SetDefault(id));
export const reveal = (id: string, password: string) => call(() => payment.Reveal(id, password));

export const renewals = () => call(payment.Renewals);
export const addRenewal = (input: RenewalInput) => call(() => payment.AddRenewal(input));
export const updateRenewal = (id: string, version: number, input: RenewalInput) =>
  call(() => payment.UpdateRenewal(id, version, input));
export const renew = (list: Paid[]) => call(() => payment.Renew(list));
export const undoRenewed = (ids: string[]) => call(() => payment.UndoRenewed(ids));
export const removeRenewal = (id: string) => call(() => payment.RemoveRenewal(id));
export const planPrepaid = (ids: string[]) => call(() => payment.PlanPrepaid(ids));
export const cover = () => call(payment.Cover);
export const outlineImport = (input: ImportInput) => call(() => payment.OutlineImport(input));
export const previewImport = (input: ImportInput) => call(() => payment.PreviewImport(input));
export const importRenewals = (input: ImportInput) => call(() => payment.Import(input));
export const saveRejected = (input: ImportInput, to: bridge.Target) => call(() => payment.SaveRejected(input, to));
export const saveTemplate = (file: File) => call(() => payment.SaveTemplate(file));
export const saveCalendar = (file: File) => call(() => payment.SaveCalendar(file));

export const balance = (months: number) => call(() => account.Overview(months));
export const entries = (before: number, limit: number) => call(() => account.Entries(before, limit));
export const verify = () => call(account.Verify);
export const setBalance = (input: prepaid.Shown) => call(() => account.SetBalance(input));
export const reverse = (seq: number) => call(() => account.Reverse(seq));
export const topUp = (input: prepaid.NewTopUp) => call(() => account.TopUp(input));
export const expect = (input: prepaid.NewExpected) => call(() => account.Expect(input));
export const receive = (id: string, amount: string, on: string) => call(() => account.Receive(id, amount, on));
export const forget = (id: string) => call(() => account.Forget(id));
/** What waits for money, the latest that is closed, and the one that somebody was led to. */
export const orders = (closed: number, besides = '') => call(() => account.Orders(closed, besides));
export const place = (input: prepaid.OrderInput) => call(() => account.Place(input));
export const pay = (id: string, version: number, how: prepaid.HowInput) => call(() => account.Pay(id, version, how));
export const cancel = (id: string, version: number) => call(() => account.Cancel(id, version));
export const again = (transfer: string, input: prepaid.OrderInput, how: prepaid.HowInput) =>
  call(() => account.Again(transfer, input, how));
export const prices = () => call(account.Prices);
export const priceToday = (list: string, line: string, quantity: string, months: number) =>
  call(() => account.PriceToday(list, line, quantity, months));
export const threads = (limit: number) => call(() => account.Threads(limit));
export const arrive = (transfer: string, input: prepaid.NewArrival) => call(() => account.Arrive(transfer, input));
export const arriveUnknown = (input: prepaid.NewArrival) => call(() => account.ArriveUnknown(input));
export const keep = (transfer: string) => call(() => account.Keep(transfer));
export const payouts = (limit: number) => call(() => account.Payouts(limit));
export const notePayout = (input: prepaid.PayoutInput) => call(() => account.NotePayout(input));
export const payoutRequested = (id: string, on: string) => call(() => account.PayoutRequested(id, on));
export const payoutArrived = (id: string, on: string) => call(() => account.PayoutArrived(id, on));
export const payoutFailed = (id: string, reason: string, on: string) =>
  call(() => account.PayoutFailed(id, reason, on));
export const revealPayout = (id: string, password: string) => call(() => account.RevealPayout(id, password));
export const saveStatement = (first: string, last: string, format: string) =>
  call(() => account.SaveStatement(first, last, format, locale()));
