/** The look of all pages: a calm chat client, light only, system fonts. */
export const stylesheet = `
*{box-sizing:border-box}
html,body{height:100%}
body{margin:0;display:flex;flex-direction:column;font:14px/1.55 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",Roboto,sans-serif;color:#1f2329;background:#f2f3f5}
a{color:#3370ff;text-decoration:none}
a:hover{text-decoration:underline}
.banner{flex:none;background:#fff7e6;border-bottom:1px solid #ffe0a3;color:#8a5a00;text-align:center;padding:5px 16px;font-size:12px}
.quiet{color:#8f959e}.small{font-size:12px}.empty{color:#8f959e;padding:24px;text-align:center}
.sheet{width:min(560px,100% - 32px);margin:40px auto;background:#fff;border-radius:12px;box-shadow:0 2px 12px rgba(31,35,41,.08);padding:28px 32px}
.sheet h1{font-size:20px;margin:0 0 6px}
.sheet h2{font-size:13px;color:#8f959e;font-weight:500;margin:18px 0 6px}
.sheet .lead{color:#646a73;margin:0 0 18px}
.sheet form{display:flex;gap:8px;margin:0 0 12px}
.sheet code{background:#f2f3f5;border-radius:4px;padding:1px 5px;word-break:break-all}
input[type=text],input[type=search],textarea{flex:1;min-width:0;font:inherit;padding:7px 12px;border:1px solid #d0d3d6;border-radius:8px;background:#fff;color:inherit}
input:focus,textarea:focus{outline:2px solid #bacefd;border-color:#3370ff}
.people{list-style:none;margin:0 -12px;padding:0}
.person{display:flex;align-items:center;gap:12px;padding:8px 12px;border-radius:8px;color:inherit}
.person:hover{background:#f2f3f5;text-decoration:none}
.person-text{display:flex;flex-direction:column;min-width:0}
.person-text b{font-weight:500}
.avatar{flex:none;width:36px;height:36px;border-radius:50%;display:inline-flex;align-items:center;justify-content:center;color:#fff;font-weight:600}
.avatar.bot{background:linear-gradient(135deg,#3370ff,#7b67ee);border-radius:10px}
.button{display:inline-flex;align-items:center;justify-content:center;font:inherit;line-height:20px;padding:5px 14px;border-radius:6px;border:1px solid #d0d3d6;background:#fff;color:#1f2329;cursor:pointer;text-align:center}
.button:hover{background:#f2f3f5;text-decoration:none}
.button-primary{border-color:#3370ff;color:#3370ff}
.button-primary:hover{background:#f0f4ff}
.button-danger{border-color:#f54a45;color:#f54a45}
.button-danger:hover{background:#fef1f1}
.button.solid{background:#3370ff;border-color:#3370ff;color:#fff}
.button.solid:hover{background:#245bdb}
.button:disabled{cursor:default;opacity:.45}
.button:focus-visible,a:focus-visible,select:focus-visible{outline:2px solid #3370ff;outline-offset:2px}
.client{flex:1;min-height:0;display:grid;grid-template-columns:280px 1fr;background:#fff}
.side{border-right:1px solid #dee0e3;display:flex;flex-direction:column;min-height:0;background:#f8f9fa}
.me{display:flex;gap:12px;align-items:center;padding:16px;border-bottom:1px solid #dee0e3}
.me b{display:block;font-weight:600}
.chats{list-style:none;margin:0;padding:8px;overflow:auto;flex:1}
.chats a{display:flex;gap:12px;align-items:center;padding:10px 12px;border-radius:8px;color:inherit}
.chats a:hover{text-decoration:none;background:#eff0f1}
.chats a.here{background:#e1eaff}
.chats .name{display:flex;justify-content:space-between;gap:8px;font-weight:500}
.chats .text{min-width:0;flex:1}
.chats .last{display:block;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.side footer{padding:12px 16px;border-top:1px solid #dee0e3;font-size:12px}
.chat{display:flex;flex-direction:column;min-height:0;min-width:0}
.chat-header{flex:none;display:flex;align-items:center;justify-content:space-between;gap:12px;padding:12px 24px;border-bottom:1px solid #dee0e3}
.chat-header h1{font-size:16px;margin:0;font-weight:600;display:flex;align-items:center;gap:8px}
.badge{font-size:11px;font-weight:500;background:#fff3d9;color:#b26206;border-radius:4px;padding:0 6px;line-height:18px}
.languages{display:flex;border:1px solid #d0d3d6;border-radius:6px;overflow:hidden;font-size:12px}
.languages a{padding:3px 12px;color:#646a73}
.languages a.here{background:#e1eaff;color:#245bdb}
.messages{flex:1;min-height:0;overflow-y:auto;padding:20px 24px}
.day{text-align:center;color:#8f959e;font-size:12px;margin:8px 0 16px}
.message{display:flex;gap:12px;margin-bottom:20px;max-width:640px}
.message.mine{margin-left:auto;flex-direction:row-reverse}
.message .who{font-size:12px;color:#8f959e;margin-bottom:4px;display:flex;gap:8px}
.message.mine .who{justify-content:flex-end}
.message .content{min-width:0;flex:0 1 auto}
.message.with-card .content{flex:0 1 480px}
.bubble{display:inline-block;background:#f2f3f5;border-radius:10px;padding:9px 14px;white-space:pre-wrap;overflow-wrap:anywhere}
.mine .bubble{background:#d1e3ff}
.message .foot{font-size:12px;color:#8f959e;margin-top:4px;display:flex;gap:10px}
.foot .buzz{color:#f54a45}
.recalled{color:#8f959e;font-style:italic}
.card{background:#fff;border:1px solid #dee0e3;border-radius:10px;overflow:hidden;box-shadow:0 1px 3px rgba(31,35,41,.06);overflow-wrap:anywhere}
.card-header{padding:12px 16px;color:#1f2329;background:#f2f3f5}
.card-title{display:flex;flex-wrap:wrap;align-items:center;gap:4px 8px;font-size:16px;font-weight:600;line-height:24px}
.card-subtitle{font-size:13px;opacity:.8}
.template-blue{background:#e1eaff;color:#0c296e}.template-wathet{background:#d9f3fd;color:#01425a}
.template-turquoise{background:#d5f6f2;color:#024b41}.template-green{background:#d9f5d6;color:#124b0c}
.template-yellow{background:#faf1d1;color:#5c3a00}.template-orange{background:#feead2;color:#6b3900}
.template-red{background:#fde2e2;color:#621414}.template-carmine{background:#f8def8;color:#571757}
.template-violet{background:#f8def8;color:#571757}.template-purple{background:#ece2fe;color:#380d82}
.template-indigo{background:#e0e2fa;color:#14224a}.template-grey{background:#eff0f1;color:#373c43}
.card-body{padding:12px 16px 16px;display:flex;flex-direction:column;gap:10px}
.card hr{border:0;border-top:1px solid #dee0e3;margin:2px 0;width:100%}
.card p{margin:0}.card p.gap{height:8px}.card p.heading{font-weight:600}
.card ul,.card ol{margin:0;padding-left:22px}
.card blockquote{margin:0;padding-left:10px;border-left:3px solid #dee0e3;color:#646a73}
.card code{background:#f2f3f5;border-radius:4px;padding:0 4px;font-size:13px}
.card pre{background:#f2f3f5;border-radius:6px;padding:8px 10px;margin:4px 0;overflow:auto;font-size:12px}
.at{color:#3370ff}
.row .extra{float:right;margin-left:12px}
.fields{display:flex;flex-wrap:wrap;gap:10px 16px}
.field{flex:1 1 100%}.field.short{flex:1 1 calc(50% - 8px)}
.note,.notation{color:#8f959e;font-size:12px}
.actions{display:flex;flex-wrap:wrap;gap:8px}
.columns{display:flex;gap:12px;flex-wrap:wrap}
.columns>.column{display:flex;flex-direction:column;gap:6px;min-width:80px}
.grey{background:#f5f6f7;border-radius:8px;padding:8px 12px}
.container{border:1px solid #dee0e3;border-radius:8px;padding:10px 12px;display:flex;flex-direction:column;gap:8px}
.input{display:flex;flex-direction:column;gap:4px}.input textarea{resize:vertical}
.card-body>.button,.column>.button,.container>.button{align-self:flex-start}.card .button.fill{align-self:stretch;width:100%}
.panel summary{cursor:pointer}
.image{background:#f2f3f5;border-radius:6px;padding:20px;text-align:center;color:#8f959e}
.unknown{color:#8f959e;font-size:12px}
.select{font:inherit;padding:5px 10px;border-radius:6px;border:1px solid #d0d3d6;background:#fff;max-width:100%}
.card-link{display:block;border-top:1px solid #dee0e3;padding:8px 16px;font-size:13px}
.tag{display:inline-block;font-size:12px;font-weight:500;line-height:18px;border-radius:4px;padding:0 6px;background:#eff0f1;color:#51565d}
.tag-blue,.tag-wathet{background:#cfdefd;color:#0442d2}.tag-turquoise{background:#c2eee8;color:#04594f}
.tag-lime,.tag-green{background:#c4ecbf;color:#1c5d16}.tag-orange{background:#fdd9ad;color:#8f4f04}
.tag-yellow{background:#f7e39c;color:#74490a}.tag-red{background:#fbc8c7;color:#8f1d1a}
.tag-violet,.tag-carmine{background:#f4cdf4;color:#76197a}.tag-purple,.tag-indigo{background:#dccaff;color:#4c1aa8}
.font-grey,.font-gray{color:#8f959e}.font-red,.font-carmine{color:#d83931}.font-green,.font-lime,.font-turquoise{color:#2ea121}
.font-blue,.font-wathet,.font-indigo{color:#245bdb}.font-orange,.font-yellow{color:#c26700}.font-purple,.font-violet{color:#6425d0}
.compose{flex:none;display:flex;gap:8px;padding:12px 24px 16px;border-top:1px solid #dee0e3}
.toast{position:fixed;top:48px;left:50%;transform:translateX(-50%);background:#1f2329;color:#fff;padding:8px 18px;border-radius:8px;box-shadow:0 4px 16px rgba(31,35,41,.25);max-width:80vw;z-index:9}
.toast.success{background:#2ea121}.toast.error{background:#d83931}.toast.warning{background:#c26700}.toast.info{background:#245bdb}
.busy{opacity:.5;pointer-events:none}
@media (max-width:720px){.client{grid-template-columns:1fr;grid-template-rows:auto 1fr}.side{border-right:0;max-height:32vh}.side footer{display:none}.messages{padding:16px}}
`;
