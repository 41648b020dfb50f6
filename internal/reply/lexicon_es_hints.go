package reply

// spanishHints are wordings that can only be asked about: figures of speech, regional words, and wishes that are not
// finished. None of them ever acts.
var spanishHints = []row{
	{role: verb, means: Skip, trait: vague | anyhow, say: `
		este|esta no y|pero
		por|x ahora|hoy|el_momento no|nada|paso
		por|x? este|esta|de_este|de_esta mes|vez|semana|ocasion|vuelta nada|sin|paso
		nada por|x|en|de este|esta mes|vez|semana|ocasion|vuelta
		nada por|x ahora|el_momento
		no CL? CL? venga|vengan|salga|salgan|llegue|lleguen|viniera|llegara|saliera|traigan|traiga|recibirlo|recibirla|recibir|surtan|surta
		no CL? CL? requiero|requerimos|requiere|necesitare|necesitaremos|ocupare|ocuparemos|jalo|apetece|provoca|conviene|toca
		no CL? CL? WANT|requiero|hace_falta|vamos_a_necesitar|voy_a_necesitar nada|ninguno|ninguna
		no CL? CL? va|voy|vamos a poder|necesitar~|querer~|ocupar~|estar_para_recibirlo
		no CL? CL? podre|podremos|podria recibir~|pagar~|aceptar~?
		perdonar~|perdonadme|perdonenme|perdoneme|perdoname|perdonen|perdone|perdona el|la|este|esta|lo_de
		me|nos? CL? perdonar
		eximir~|exime~|eximan~|exima~|eximid~|exonera~|exoneren~|dispensa~|dispensen~|dispensad~|libra~|libren~|ahorra~|ahorren~|ahorrad~ de|del|de_este|el|este|esta
		quita~|quite~|quiten~|quitad~|quitar~|saca~|saque~|saquen~|sacad~|sacar~|borra~|borre~|borren~|borrad~|borrar~|tacha~|tachen~|tachar~|baja~|bajen~|retira~|retiren~|retirar~ de|del MY? NEXT? THING|NEXT|lista_de_envios NEXT?
		tacha~|tache~|tachen~|tachad~|tachar~|borra~|borren~|borrad~|retira~|retiren~ el|la|este|esta NEXT? THING|NEXT|de
		dejo|dejamos|dejare|dejaremos|dejar~|deja~|dejen~|dejad~ pasar
		no cuenten|cuentes|cuente|conteis conmigo|con_nosotros
		filo|zafo|nel con? este|esta|por mes|vez
		pa|para|a|en|sera|hasta la|otra|el proxima|otra|vez|ocasion vez|ocasion|vuelta?
		sin cafe|pedido|envio|entrega por? este|esta mes|vez
		me|nos CL? abstengo|abstenemos|libro|libramos|zafo|zafamos|rajo|excuso de?
	`},
	{role: verb, means: Skip, trait: vague | anyhow, say: `
		este|esta|ese|esa no
	`},
	{role: verb, means: Delay, trait: weak | vague, say: `
		bancar~|banca~|banque~|banquen~|tirar~|tira~|tire~|tiren~|patear~|patea~|patee~|pateen~|rodar~|rueda~|ruede~|rueden~|colgar~|colga~|cuelga~|cuelguen~
		trasladar~|traslada~|traslade~|trasladen~|trasladad~|desplazar~|desplaza~|desplacen~|dilatar~|dilaten~|dilata~|ubica~|ubiquen~
		alarga~|alarguen~|alargad~|estira~|estiren~|estirar~|rezaga~|rezaguen~
		guarda~|guarde~|guarden~|guardad~|guardar~|retenga~|retengan~|retene~|aguarda~|aguarde~|aguarden~
		tengamelo|tengalo|tenganlo|tenganmelo|tenmelo|tenlo|tenerlo|tenermelo|teneme|tenedlo|tenedmelo quieto|ahi|guardado|listo? quieto|guardado?
		dejamos|dejo|dejad~|dejemos~|dejaremos|dejamelo|dejenmelo|dejarmelo para|pa|hasta|pal|a
		echa~|echale~|echar~|echen~|echad~ pal|para|pa|hasta el|la?
	`},
	{role: verb, means: Delay, trait: vague | anyhow, say: `
		un? plazo|margen|plazito|colchon de
		un? plazo|margen|tiempo|tiempito mas
		que CL? CL? venga|llegue|salga|traigan|manden|envien|caiga despues|luego|mas_tarde|mas_adelante|otro_dia
		SEND despues|luego|otro_dia
		SEND luego|despues cuando|que|de cobre|pueda|paguen|llegue|vuelva|este|regrese?
		con|de una|dos|1|2 semana|semanas de retraso|atraso|demora
		me|nos? venia|vendria|caeria mejor despues|mas_tarde|mas_adelante|otro_dia
		nada|ninguno|ni_uno antes de?
		no CL? CL? hace falta|falta hasta
		no CL? CL? WANT hasta
		no CL? CL? SEND hasta
	`},
	{role: verb, means: Pause, trait: vague | anyhow, say: `
		echar~|echa~|eche~|echen~|echad~|pon~|pongan~|poned~|pisa~|pisen~|mete~|metan~ el|un freno|pausa
		tiempo muerto|fuera
		apaga~|apague~|apaguen~|apagad~|apagar~|frena~|frene~|frenen~|frenad~|frenar~|hiberna~|hibernar~|hibernen~ todo|la|el|mi? SUB|THING|THINGS?
		mete~|meta~|metan~|meted~|meter~|pon~|ponga~|pongan~|poned~|poner~|deja~|dejen~|dejad~ MY? SUB|THING|THINGS|todo? en|a la|el|el_modo? nevera|congelador|freezer|refri|refrigerador|hielo|pausa|reposo|barbecho|dique_seco
		paren~|pare~|parad~|para~|parar~|detenga~|detengan~|corta~|corten~|cortad~|cortar~ todo|todos|la_mano|el_carro|motores|el_chorro|los_envios|el_suministro
		cierra~|cierren~|cierre~|cerrad~|cerrar~ el|la grifo|llave|chorro
		hasta nuevo|nueva|proximo|otro|que aviso|orden|avise|les_avise nada|ninguno
		nada hasta nuevo|nueva|proximo|otro|que aviso|orden|avise|les_avise
	`},
	{role: verb, means: Resume, trait: vague | anyhow, say: `
		ya CL? cobre|pagaron prende~|prenda~|prendan~|reactiven~|manden~
		prende~|prenda~|prendan~|prended~|prender~|enciende~|encienda~|enciendan~|encended~|encender~ otra_vez|de_nuevo|todo|la|mi|los? SUB|THINGS?
		arranca~|arranque~|arranquen~|arrancad~|arrancar~ ya|de_nuevo|otra_vez|con?
		que? vuelve~|vuelva~|vuelvan~|volver~|volved~|regresa~|regresen~|regresar~ todo? a? la_normalidad|lo_normal|lo_de_siempre|como_siempre
		vuelve~|vuelva~|vuelvan~|volver~|vuelvo|volvemos|regreso|regresamos a|al tomar|beber|recibir~|cafe|pedir~|tener
		abre~|abra~|abran~|abrid~|abrir~ el|la grifo|llave
		despierta~|despierte~|despierten~|despertad~|despertar~|revive~|revivan~|revivir~ MY SUB
		descongelad~|despausad~|activad~|retomad~|desbloquead~
		quita~|quite~|quiten~|quitad~|quitar~|saca~|saquen~|sacad~ el|la|del|de modo|pausa|modo_pausa|freno pausa?
	`},
	{role: verb, means: Undo, trait: vague | anyhow, say: `
		volve~|vuelve~|vuelvan~|volver~|volved~|vuelva~|echa~|echen~|echar~|ir|vayan|da~|den|dar~ para|pa|hacia|marcha? atras
		marcha atras
		dejar~|deja~|deje~|dejen~|dejad~|quede|queda sin efecto el|la|lo? salto|skip|pausa|retraso|aplazamiento|cambio|que_pedi|anterior?
		recupera~|recupere~|recuperen~|recuperad~|recuperar~|rescata~|rescaten~|rescatar~
		deshaced~|deshace~|revertid~|anulad~|quitad~ el|ese|mi|este|la|lo|los|esa salto|skip|cambio|retraso|pausa|aplazamiento|cambios|omision|ultimo|de_antes|anterior|delay
		volved~ a poner~|meter~|agendar~|incluir~|activar~
		CL? he|ha|hemos|han|fue saltado|omitido|pausado|retrasado|cancelado sin_querer|por_error|por_equivocacion|sin_darme_cuenta
		arrepenti|arrepiento|arrepentimos del|de|por salto|saltarlo|saltar|la_pausa|pausarlo|retraso|retrasarlo|pausar|retrasar|cambio
		quita~|quiten~|borra~|borren~|borrar~|olvida~|olviden~|olvide~|ignora~|ignoren~|ignore~|cancela~|cancelen~ lo|todo_lo que CL? dije|pedi|mande|puse|escribi|hice|acabo_de_decir|acabo_de_pedir|acabo_de_mandar|habia_dicho|habia_pedido
		lo que CL? hice|pedi|dije para|pa? atras
	`},
	{role: verb, means: Now, trait: vague | anyhow, say: `
		WANT|CAN mi|el|mas? cafe|te|THING pero? ya|hoy|ahorita|urgente
		WANT|CAN mi|el|mas? cafe|te|THING pero ya
		apura~|apure~|apuren~|apurate|apurar~|apresura~|apresuren~|acelera~|acelere~|aceleren~|aceleren|acelerar~ con|el|la|mi? THING?
		no|ya_no CL queda|quedan na|ni_gota|ni_una_gota|ni_un_grano|ni_para_manana|ni_uno
		ya? no hay ni para|una|un manana|gota|grano|taza
		vente|vengan|venga|vengase ya con? ese|el|mi? cafe|te|THING?
		me|nos urge|urgen|apremia
		que CL? venga|llegue|salga ya|de_una
	`},
	{role: verb, means: Swap, trait: vague | anyhow, say: `
		sin la? cafeina
		por|a uno|una|algo|otro mas? fuerte|suave|ligero|intenso|oscuro|claro|potente|clarito
	`},
	{role: verb, means: Quantity, trait: vague | anyhow, n: 2, say: `
		doblar~|dobla~|doble~|doblen~|doblad~|duplicar~|duplica~|duplique~|dupliquen~|duplicad~ DET? THING|cantidad|dosis|racion?
	`},
	{role: verb, means: Quantity, trait: vague | anyhow, n: 3, say: `
		triplicar~|triplica~|triplique~|tripliquen~|triplicad~ DET? THING|cantidad|dosis|racion?
	`},
	{role: verb, means: Quantity, trait: vague | less, say: `
		bajale|bajarle|bajenle|bajadle|bajame|bajenme|bajadme|descontar~|descuenta~|descuente~|descuenten~|descontad~|rebaja~|rebajen~|reste~|restad~
	`},
	{role: verb, trait: sends | vague, say: `
		traer~|traed~|traiga~|recibir~|recibiera|recibirlo|recibamos
	`},
	{role: verb, trait: sends, say: `
		subir~|sube~|suba~|suban~|subid~|bajar~|baja~|baje~|bajen~|bajad~|ajustar~|ajusta~|ajuste~|ajusten~|ajustad~|pasar~|pasa~|pase~|pasen~|pasad~|aumentad~|reducid~|fija~|fijen~ MY? cantidad? a
		que|q|k CL? CL? saliera|viniera|caiga|parta|salieran|vinieran|llegase|llegaran|vengan|salgan
	`},
}
